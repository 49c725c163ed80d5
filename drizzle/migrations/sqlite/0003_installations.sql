CREATE TABLE `installation` (
	`platform` text NOT NULL,
	`home` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`platform`, `home`)
);
