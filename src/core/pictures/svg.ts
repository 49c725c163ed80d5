/** SVG markup: elements with attributes and content. Numbers are rounded and texts are escaped. */

/** The attributes of an element, by name. */
export type Attributes = Readonly<Record<string, string | number>>;

/** The markup of an element. `content` is markup, too. Numbers are rounded to hundredths. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  let start = name;
  for (const key in attributes) start += ` ${key}="${attributeText(attributes[key])}"`;
  return content.length === 0 ? `<${start}/>` : `<${start}>${content.join("")}</${name}>`;
}

/** `text`, escaped for element content and attributes. */
export function escape(text: string): string {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`) : text;
}

/** Path data from a template of letters and numbers. Numbers are rounded to hundredths. */
export function path(letters: TemplateStringsArray, ...numbers: readonly number[]): string {
  return letters.reduce((written, part, index) => `${written}${rounded(numbers[index - 1] ?? 0)}${part}`);
}

function attributeText(value: string | number | undefined): string | number {
  return typeof value === "number" ? rounded(value) : escape(value ?? "");
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
