/** A small client of the REST API: streams of JSON values, and the errors that only a trailer tells. */
@NullMarked
package io.pinfold.cli.ctl.rest;

import org.jspecify.annotations.NullMarked;
