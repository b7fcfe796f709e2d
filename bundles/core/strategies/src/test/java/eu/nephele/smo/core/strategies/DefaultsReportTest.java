// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.strategies.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings that name what is not installed are said (F-54). */
class DefaultsReportTest {

    private final Room room = new Room();
    private final List<Runnable> later = new ArrayList<>();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            later.add(task);
            return super.schedule(() -> {}, 0, unit);
        }
    };

    @AfterEach
    void close() {
        executor.shutdownNow();
        room.close();
    }

    @Test
    void warnsAsLongAsItHolds() {
        room.configure(settings -> Settings.DEFAULTS);
        DefaultsReport report = new DefaultsReport(room.strategies.catalog(), executor);

        assertThat(report.warnings())
                .contains(
                        "eu.nephele.smo.core.strategies: initialPlacement=first-fit has no effect: no placement strategy"
                                + " 'first-fit' is installed; installed are []");
        for (String id : List.of("first-fit", "greedy", "optimal")) {
            room.placement(id, "1.0.0", (request, context) -> Room.placed(request, 0));
        }
        room.objective("moves", (request, costs) -> {});
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void isWrittenDownAfterTheStartAndAfterEachChange() {
        DefaultsReport report = new DefaultsReport(room.strategies.catalog(), executor);
        assertThat(later).hasSize(1);
        report.modified();
        assertThat(later).hasSize(2);
        later.forEach(Runnable::run);
    }
}
