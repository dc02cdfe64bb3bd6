package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborFloat;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes one value in canonical form. Used once. */
final class CborEncoder {

    private byte[] out = new byte[256];
    private int at;

    Bytes encode(CborValue value) {
        write(value, 0);
        return Bytes.copyOf(out, 0, at);
    }

    private void write(CborValue value, int depth) {
        switch (value) {
            case CborInt(long number) -> {
                if (number >= 0) {
                    writeHead(Major.UNSIGNED, number);
                } else {
                    writeHead(Major.NEGATIVE, ~number);
                }
            }
            case CborBytes(Bytes bytes) -> {
                writeHead(Major.BYTES, bytes.size());
                writeBytes(bytes);
            }
            case CborText(String text) -> writeText(text);
            case CborList list -> {
                enter(depth);
                writeHead(Major.LIST, list.items().size());
                for (CborValue item : list.items()) {
                    write(item, depth + 1);
                }
            }
            case CborMap map -> {
                enter(depth);
                writeHead(Major.MAP, map.entries().size());
                for (Map.Entry<String, CborValue> entry : map.entries().entrySet()) {
                    writeText(entry.getKey());
                    write(entry.getValue(), depth + 1);
                }
            }
            case CborLink link -> {
                Bytes cid = link.cid().toBytes();
                writeHead(Major.TAG, Major.LINK_TAG);
                writeHead(Major.BYTES, cid.size() + 1L);
                writeByte(0);
                writeBytes(cid);
            }
            case CborBool(boolean flag) -> writeHead(Major.SIMPLE, flag ? Major.TRUE : Major.FALSE);
            case CborNull() -> writeHead(Major.SIMPLE, Major.NULL);
            case CborFloat(double number) -> {
                writeByte(Major.SIMPLE << 5 | Major.EIGHT_BYTES);
                writeNumber(Double.doubleToRawLongBits(number), 8);
            }
        }
    }

    private static void enter(int depth) {
        if (depth == CborLimits.HARD_MAX_DEPTH) {
            throw new IllegalArgumentException("value is nested deeper than " + CborLimits.HARD_MAX_DEPTH);
        }
    }

    private void writeHead(int major, long argument) {
        if (argument < Major.ONE_BYTE) {
            writeByte(major << 5 | (int) argument);
        } else if (argument <= 0xff) {
            writeByte(major << 5 | Major.ONE_BYTE);
            writeNumber(argument, 1);
        } else if (argument <= 0xffff) {
            writeByte(major << 5 | Major.TWO_BYTES);
            writeNumber(argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            writeByte(major << 5 | Major.FOUR_BYTES);
            writeNumber(argument, 4);
        } else {
            writeByte(major << 5 | Major.EIGHT_BYTES);
            writeNumber(argument, 8);
        }
    }

    private void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeHead(Major.TEXT, utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, out, at, utf8.length);
        at += utf8.length;
    }

    private void writeBytes(Bytes bytes) {
        reserve(bytes.size());
        bytes.toBuffer().get(out, at, bytes.size());
        at += bytes.size();
    }

    private void writeNumber(long number, int size) {
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
            writeByte((int) (number >>> shift));
        }
    }

    private void writeByte(int value) {
        reserve(1);
        out[at++] = (byte) value;
    }

    private void reserve(int size) {
        if (out.length - at < size) {
            out = Arrays.copyOf(out, Math.addExact(at, Math.max(size, at)));
        }
    }
}
