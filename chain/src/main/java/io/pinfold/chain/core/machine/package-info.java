/**
 * The chain of one peer: everything that changes it is owned by one {@link io.pinfold.chain.core.machine.ChainMachine},
 * which events come into and effects leave through ports. A peer drives it by a thread with a mailbox, a simulation by
 * virtual time.
 */
@NullMarked
package io.pinfold.chain.core.machine;

import org.jspecify.annotations.NullMarked;
