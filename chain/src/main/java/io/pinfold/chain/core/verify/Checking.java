package io.pinfold.chain.core.verify;

/** The answer of checking a block on its own. */
public sealed interface Checking {

    /** The block holds on its own. */
    record Checked(CheckedBlock block) implements Checking {}

    /** The block is invalid wherever it stands. */
    record Failed(Verdict.Invalid verdict) implements Checking {}
}
