/**
 * {@code cluster-ctl}: talks to a running peer over its REST API. Commands, flags, texts and exit codes are ipfs-cluster-ctl's.
 *
 * <p>Differs from it: {@code --host} takes URLs too; credentials are sent over plain HTTP to another machine only with
 * {@code --force-http}; an API that does not answer is told on the error stream, in JSON on the output too; {@code add},
 * {@code ipfs gc}, {@code health bandwidth} and the libp2p endpoint ({@code --secret}) are not there; {@code sync} is new.
 */
@NullMarked
package io.pinfold.cli.ctl;

import org.jspecify.annotations.NullMarked;
