// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDatabaseTest {

    private static final long FLUSH = 1000;

    private final EventAgenda agenda = new EventAgenda();

    private void run() {
        while (agenda.step()) {
            // until no event is left
        }
    }

    @Test
    void whoCommitsDuringAFlushSharesTheNextOneUpToTheLargestGroup() {
        CommitLog log = new CommitLog(agenda, FLUSH, 3);
        List<Long> durable = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            log.commit(() -> durable.add(agenda.now()));
        }

        run();

        assertThat(durable).containsExactly(1000L, 2000L, 2000L, 2000L, 3000L, 3000L, 3000L, 4000L);
        assertThat(log.use(4000)).isEqualTo(8.0 / 12);
    }

    @Test
    void oneRowIsWrittenByOneTransactionAtATimeOthersAreNotHeldUp() {
        ModelDatabase database =
                new ModelDatabase(agenda, new ScaleSettings.DatabaseSettings(100, 0, FLUSH, 100, 0, 8));
        List<String> durable = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            database.write(new long[] {7}, () -> true, any -> durable.add("hot " + agenda.now()));
        }
        database.write(new long[] {8}, () -> true, any -> durable.add("cool " + agenda.now()));

        run();

        assertThat(durable).containsExactly("hot 1000", "cool 2000", "hot 3000", "hot 4000");
        assertThat(database.locks().busiest(4000)).isEqualTo(1);
        assertThat(database.locks().waits()).isEqualTo(2);
    }

    @Test
    void whatIsNotAppliedIsNotFlushedAndGivesItsRowsBack() {
        ModelDatabase database = new ModelDatabase(agenda, new ScaleSettings.DatabaseSettings(1, 0, FLUSH, 100, 0, 8));
        List<Boolean> told = new ArrayList<>();

        database.write(new long[] {7}, () -> false, told::add);
        database.write(new long[] {7}, () -> true, told::add);
        run();

        assertThat(told).containsExactly(false, true);
        assertThat(database.log().commits()).isEqualTo(1);
    }
}
