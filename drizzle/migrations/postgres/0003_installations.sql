CREATE TABLE "installation" (
	"platform" text NOT NULL,
	"home" text NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "installation_platform_home_pk" PRIMARY KEY("platform","home")
);
