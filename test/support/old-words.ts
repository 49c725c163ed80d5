/** Words that the project has given up: no file and no name is to bring one back. Whole words, in lower case or in kebab-case. */
export const oldWords: readonly string[] = [];
