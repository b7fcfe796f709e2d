// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings that name a missing strategy are reported. */
class DefaultsReportTest {

    private final StrategyHost strategyHost = new StrategyHost();
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
        strategyHost.close();
    }

    @Test
    void warnsAsLongAsItHolds() {
        strategyHost.configure(settings -> StrategySettings.DEFAULTS);
        DefaultsReport report = new DefaultsReport(strategyHost.strategies.catalog(), executor);

        assertThat(report.warnings())
                .contains("eu.nephele.smo.core.strategies: initialPlacement=auto has no effect: no placement strategy"
                        + " 'auto' is installed; installed are []");
        for (String id : List.of("auto", "first-fit", "greedy")) {
            strategyHost.placement(id, "1.0.0", (request, context) -> StrategyHost.placed(request, 0));
        }
        strategyHost.objective("moves", (request, costs) -> {});
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void isWrittenDownAfterTheStartAndAfterEachChange() {
        DefaultsReport report = new DefaultsReport(strategyHost.strategies.catalog(), executor);
        assertThat(later).hasSize(1);
        report.modified();
        assertThat(later).hasSize(2);
        later.forEach(Runnable::run);
    }
}
