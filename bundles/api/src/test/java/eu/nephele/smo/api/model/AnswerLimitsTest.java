// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AnswerLimitsTest {

    private static final Path PAGE = Path.of("../../docs/reference/limits.md");
    private static final Pattern ROW = Pattern.compile("\\| .* \\| (\\d+) \\| `AnswerLimits\\.(\\w+)` \\|");

    @Test
    void thePageHasEachLimitAsItIs() throws Exception {
        Map<String, Integer> written = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                written.put(row.group(2), Integer.valueOf(row.group(1)));
            }
        }
        Map<String, Integer> real = new TreeMap<>();
        for (Field field : AnswerLimits.class.getFields()) {
            real.put(field.getName(), field.getInt(null));
        }
        assertThat(Arrays.stream(AnswerLimits.class.getFields())).isNotEmpty();
        assertThat(written).isEqualTo(real);
    }

    @Test
    void aTextIsJudgedByItsCharacters() {
        assertThat(AnswerLimits.flaw("the note", "x".repeat(5), 5)).isEmpty();
        assertThat(AnswerLimits.flaw("the note", "x".repeat(6), 5))
                .contains("the note has 6 characters, at most 5 are possible");
    }
}
