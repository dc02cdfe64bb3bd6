package io.pinfold.multiformats.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tables of a page in {@code docs}, so that the vectors that it prints can be tested. */
public final class PageTables {

    private PageTables() {}

    /** The rows of the first table behind the heading {@code heading} of {@code page}, without quotes of code. */
    public static List<List<String>> rows(Path page, String heading) {
        List<List<String>> rows = lines(page).stream()
                .dropWhile(line -> !line.matches("#+ \\Q" + heading + "\\E"))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(PageTables::cells)
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no table behind \"" + heading + "\" in " + page.toAbsolutePath());
        }
        return rows;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
