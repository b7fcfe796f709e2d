// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Groups of threads go with their bundles; later Javas collect them themselves. */
@EnabledForJreRange(max = JRE.JAVA_18)
class PluginThreadsTest {

    private static List<String> groups() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() * 2 + 16];
        root.enumerate(groups);
        return Arrays.stream(groups)
                .filter(Objects::nonNull)
                .map(ThreadGroup::getName)
                .toList();
    }

    @Test
    void aGroupWithoutThreadsGoesAtOnce() {
        PluginThreads.group(900_001);
        assertThat(groups()).contains("smo-bundle-900001");
        PluginThreads.forget(900_001);
        assertThat(groups()).doesNotContain("smo-bundle-900001");
    }

    @Test
    void aGroupGoesWithItsLastThread() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(PluginThreads.group(900_002), () -> {
            try {
                end.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        PluginThreads.forget(900_002);
        assertThat(PluginThreads.find(900_002)).containsExactly(thread);
        end.countDown();
        thread.join();
        assertThat(groups()).doesNotContain("smo-bundle-900002");
    }
}
