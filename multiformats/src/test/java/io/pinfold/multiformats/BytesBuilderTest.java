package io.pinfold.multiformats;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BytesBuilderTest {

    @Test
    void partsComeInOrder() {
        Bytes more = Bytes.fromHex("aabb");
        BytesBuilder builder = new BytesBuilder(1 + 2 + BytesBuilder.sizeOfPrefixed(2) + 2);
        assertThat(builder.put(0x1ff).putVarint(300).putPrefixed(more).put(more).build())
                .isEqualTo(Bytes.fromHex("ffac02" + "02aabb" + "aabb"));
    }

    @Test
    void tooMuchTooLittleAndTwiceAreBugs() {
        BytesBuilder small = new BytesBuilder(1);
        assertThatThrownBy(small::build).isInstanceOf(IllegalStateException.class);
        small.put(1);
        assertThatThrownBy(() -> small.put(2)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new BytesBuilder(1).put(Bytes.fromHex("0000")))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        BytesBuilder used = new BytesBuilder(1).put(1);
        Bytes built = used.build();
        assertThatThrownBy(() -> used.put(2)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(built).isEqualTo(Bytes.fromHex("01"));
    }

    @Test
    void bytesComeFromStreamsAndGoToThem() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(new byte[]{1, 2, 3});
        assertThat(Bytes.readFrom(in, 2)).isEqualTo(Bytes.fromHex("0102"));
        assertThat(Bytes.readFrom(in, 2)).isEqualTo(Bytes.fromHex("03"));
        assertThat(Bytes.readFrom(in, 2)).isEqualTo(Bytes.EMPTY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bytes.fromHex("0102").writeTo(out);
        Bytes.fromHex("03040506").writeTo(out, 1, 3);
        assertThat(Bytes.copyOf(out.toByteArray())).isEqualTo(Bytes.fromHex("01020405"));
    }
}
