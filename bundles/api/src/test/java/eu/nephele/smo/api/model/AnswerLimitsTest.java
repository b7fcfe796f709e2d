// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Condition.Status;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.SmoException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void aTextThatIsCutSaysSoAndIsNotCutAgain() {
        String cut = AnswerLimits.cut("x".repeat(6), 5);
        assertThat(cut).isEqualTo("xxxx…");
        assertThat(AnswerLimits.cut(cut, 5)).isSameAs(cut);
        assertThat(AnswerLimits.cut("xxx\ud83d\ude80xx", 5)).isEqualTo("xxx…");
    }

    @Test
    void textsOfExternalSystemsAreCutWhereverTheyAreReported() {
        String endless = "x".repeat(1_000_000);
        WorkloadRef workload = new WorkloadRef(new GraphId("p", "g"), "a");
        ClusterId cluster = new ClusterId("s", "c");
        WorkloadObservation seen = new WorkloadObservation(
                workload,
                Map.of(),
                endless,
                Optional.of(endless),
                Map.of(cluster, endless),
                Map.of(cluster, List.of(new Beside(endless, false, Optional.empty()))));
        assertThat(List.of(
                        new AdapterException(Kind.REFUSED, "s", endless).getMessage(),
                        seen.message(),
                        seen.failure().orElseThrow(),
                        seen.unseen().get(cluster),
                        seen.beside().get(cluster).get(0).waitsFor()))
                .allMatch(text -> text.length() == AnswerLimits.MESSAGE_CHARACTERS);
        assertThat(List.of(
                        new Condition(Condition.READY, Status.FALSE, "r", endless, Instant.EPOCH, 1).message(),
                        new Fault(SmoException.Kind.UPSTREAM_FAILED, "s", endless).message(),
                        new Step(Operation.Action.INSTALL, "a", "", StepState.FAILED, endless).message()))
                .allMatch(text -> text.length() == AnswerLimits.TOLD_CHARACTERS);
    }
}
