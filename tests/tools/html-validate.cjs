// What html-validate asks of a finished page: all of its own presets, without what says nothing about a page of ours.
module.exports = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  // A picture asked for early has its addresses in imagesrcset: this validator wants href too.
  elements: ["html5", { link: { attributes: { href: { required: false } } } }],
  rules: {
    // HTML knows both; ours is written small, as the standard writes it.
    "doctype-style": ["error", { style: "lowercase" }],
    // A headline is as long as its editor makes it, and the paper's name follows it.
    "long-title": "off",
    // A translated comma brings its own space along, and it may be the last thing of a line.
    "no-trailing-whitespace": "off",
    // Ours come from the site itself, under a name that carries their digest; from elsewhere nothing may come at all.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
