package io.pinfold.multiformats;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BytesTest {

    @Test
    void anArrayIsCopiedOnTheWayInAndOut() {
        byte[] array = {1, 2, 3};
        Bytes bytes = Bytes.copyOf(array);
        array[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
        assertThat(bytes.toBuffer().isReadOnly()).isTrue();
    }

    @Test
    void orderIsUnsignedAndAPrefixComesFirst() {
        assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
        assertThat(Bytes.fromHex("80")).isLessThan(Bytes.fromHex("8000"));
    }

    @Test
    void partsAndWholes() {
        Bytes bytes = Bytes.fromHex("00010203");

        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.fromHex("0102"));
        assertThat(bytes.slice(0, 2).concat(bytes.slice(2, 4))).isEqualTo(bytes);
        assertThat(bytes.startsWith(Bytes.fromHex("0001"))).isTrue();
        assertThat(bytes.startsWith(Bytes.fromHex("0002"))).isFalse();
        assertThat(Bytes.EMPTY.startsWith(bytes)).isFalse();
        assertThat(bytes).hasToString("00010203");
    }
}
