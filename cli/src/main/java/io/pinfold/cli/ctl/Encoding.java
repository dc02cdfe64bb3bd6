package io.pinfold.cli.ctl;

/** How answers are written. */
enum Encoding {
    /** For people. */
    TEXT,
    /** For programs: the API's values one after another. */
    JSON
}
