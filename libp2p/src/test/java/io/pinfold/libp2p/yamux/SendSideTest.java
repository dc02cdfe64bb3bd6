package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.limit.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.yamux.YamuxConfig.INITIAL_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How much may be sent before the peer reads. */
class SendSideTest {

    private final SendSide side = new SendSide();

    @Test
    void noMoreIsGrantedThanTheWindow() throws Exception {
        assertThat(claim(100)).isEqualTo(100);
        assertThat(claim(INITIAL_WINDOW)).isEqualTo(INITIAL_WINDOW - 100);
        assertThatThrownBy(() -> claim(1)).isInstanceOf(SocketTimeoutException.class);
        side.increase(7);
        assertThat(claim(100)).isEqualTo(7);
    }

    @Test
    void whatWasNotSentIsThereAgain() throws Exception {
        assertThat(claim(INITIAL_WINDOW)).isEqualTo(INITIAL_WINDOW);
        side.refund(5);
        assertThat(claim(INITIAL_WINDOW)).isEqualTo(5);
    }

    @Test
    void nothingIsGrantedOnceTheStreamIsOver() {
        assertThat(side.finish()).isTrue();
        assertThat(side.finish()).isFalse();
        assertThatThrownBy(() -> claim(1)).isInstanceOf(IOException.class);
        side.fail("reset");
        assertThatThrownBy(() -> claim(1)).isInstanceOf(StreamResetException.class);
    }

    private int claim(int wanted) throws IOException {
        return side.claim(wanted, Deadline.after(Duration.ofMillis(1)));
    }
}
