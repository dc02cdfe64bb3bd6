/** HTTP/1.1 as a client writes and reads it, for connections that the JDK's own clients cannot make. */
@NullMarked
package io.pinfold.cli.http;

import org.jspecify.annotations.NullMarked;
