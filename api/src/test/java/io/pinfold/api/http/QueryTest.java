package io.pinfold.api.http;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryTest {

    @Test
    void reads_names_and_values_percent_encoded_or_not() {
        assertThat(Query.parse("a=1&b%20c=%C3%A4+%2B&empty=&flag&&x==y")).isEqualTo(new Query.Parsed.Good(
                new Query(Map.of("a", "1", "b c", "ä +", "empty", "", "flag", "", "x", "=y"))));
    }

    @Test
    void takes_empty_values_for_absent_ones() {
        assertThat(new Query(Map.of("a", "")).get("a")).isEmpty();
        assertThat(new Query(Map.of("a", "1")).get("a")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "%f=1", "a=%ff", "a=%C3", "a=%ED%A0%80", "a=1&a=2", "a=%+1",
        "a=%-1"})
    void refuses_what_is_malformed_or_given_twice(String raw) {
        assertThat(Query.parse(raw)).as(raw).isInstanceOf(Query.Parsed.Bad.class);
    }

    @Test
    void refuses_too_many_parameters() {
        String raw = IntStream.rangeClosed(0, Query.MAX_PARAMETERS)
                .mapToObj(i -> "p" + i + "=1")
                .collect(Collectors.joining("&"));
        assertThat(Query.parse(raw)).isInstanceOf(Query.Parsed.Bad.class);
        assertThat(Query.parse(raw.substring(0, raw.lastIndexOf('&')))).isInstanceOf(Query.Parsed.Good.class);
    }
}
