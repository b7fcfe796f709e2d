// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairTurnsTest {

    private static List<String> queries(int from, int to) {
        return IntStream.range(from, to).mapToObj("q%03d"::formatted).toList();
    }

    @Test
    void ofFiveHundredQueriesEachIsSentInOneOfThreePasses() {
        FairTurns turns = new FairTurns(200);
        Map<String, Integer> last = new HashMap<>();
        queries(0, 500).forEach(query -> last.put(query, 0));
        for (int pass = 1; pass <= 100; pass++) {
            List<String> sent = turns.next(queries(0, 500));
            assertThat(sent).hasSize(200).doesNotHaveDuplicates();
            for (String query : sent) {
                last.put(query, pass);
            }
            int now = pass;
            assertThat(last.values())
                    .allSatisfy(before -> assertThat(now - before).isLessThan(3));
        }
    }

    /** As graphs that are due at different times. */
    @Test
    void whoWaitsKeepsHisPlaceWhileOthersAreAsked() {
        FairTurns turns = new FairTurns(10);
        assertThat(turns.next(queries(0, 15))).isEqualTo(queries(0, 10));
        assertThat(turns.next(queries(100, 108))).isEqualTo(queries(100, 108));
        List<String> sent = turns.next(queries(0, 15));
        assertThat(sent.subList(0, 5)).isEqualTo(queries(10, 15));
        assertThat(sent.subList(5, 10)).isEqualTo(queries(0, 5));
    }

    @Test
    void newOnesDoNotPushTheOthersBack() {
        FairTurns turns = new FairTurns(20);
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Integer> waited = new HashMap<>();
        int next = 50;
        List<String> present = new ArrayList<>(queries(0, next));
        for (int pass = 0; pass < 200; pass++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                present.set(random.nextInt(present.size()), "a%d".formatted(next++));
            }
            List<String> sent = turns.next(present);
            present.forEach(query -> waited.merge(query, 1, Integer::sum));
            sent.forEach(waited::remove);
            waited.keySet().removeIf(query -> !present.contains(query));
            assertThat(waited.values())
                    .allSatisfy(turnsLeftOut -> assertThat(turnsLeftOut).isLessThanOrEqualTo(3));
        }
    }
}
