package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;

/** Raises an alert each time this peer stops signing because its clock differs too much from the others'. */
final class ClockWatch {

    private final StateListener listener;
    private boolean wrong;

    ClockWatch(StateListener listener) {
        this.listener = listener;
    }

    /** This peer's clock is so far behind the others', and {@code signing} is what follows. */
    void seen(Signing signing, long aheadMillis) {
        if (signing == Signing.CLOCK_WRONG && !wrong) {
            listener.raised(new ChainAlert.ClockSkewed(aheadMillis));
        }
        wrong = signing == Signing.CLOCK_WRONG;
    }
}
