// The tables of the README that show two libraries side by side.

/** The columns of the table below a heading, each as a program: its cells from top to bottom. */
export function columns(readme, heading) {
  const section = readme.split(`### ${heading}\n`)[1].split("\n### ")[0];
  const rows = [...section.matchAll(/^\|(.*)\|(.*)\|$/gm)].slice(2);
  const column = (place) => rows.map((row) => row[place].trim().replace(/^`(.*)`$/, "$1")).filter(Boolean);
  return { rows: rows.length, theirs: column(1).join(";\n"), ours: column(2).join(";\n") };
}
