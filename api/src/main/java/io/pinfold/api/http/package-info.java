/**
 * What all HTTP interfaces share: listening, credentials, cross-origin rules, routing, and the rendering of replies
 * (JSON values, lines of JSON with an error trailer, problems).
 */
@NullMarked
package io.pinfold.api.http;

import org.jspecify.annotations.NullMarked;
