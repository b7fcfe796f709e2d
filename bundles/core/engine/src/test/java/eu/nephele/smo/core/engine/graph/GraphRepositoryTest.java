// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.engine.context.Stages;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Changed graphs are read again, and gone ones are forgotten; after a concurrent change the former state stays as it
 * was read.
 */
class GraphRepositoryTest {

    private final AtomicInteger read = new AtomicInteger();
    private boolean taken = true;
    private final GraphStore store = (GraphStore) Proxy.newProxyInstance(
            GraphStore.class.getClassLoader(),
            new Class<?>[] {GraphStore.class},
            (proxy, method, arguments) -> method.getName().equals("update") ? taken : null);
    private final GraphRepository graphs =
            new GraphRepository(store, new CountingReader(read), new Stages(Tracing.off()));

    @Test
    void anUpdateIsReadAnew() {
        Desired desired = DescriptorCacheTest.desired("g", 1, 10);
        graphs.read(desired);
        graphs.update(desired, TransactionalWrites.NOTHING);
        graphs.read(desired);
        assertThat(read).hasValue(2);
        taken = false;
        graphs.update(desired, TransactionalWrites.NOTHING);
        graphs.read(desired);
        assertThat(read).hasValue(2);
    }

    @Test
    void nothingIsKeptOfARemovedGraph() {
        Desired desired = DescriptorCacheTest.desired("g", 1, 10);
        graphs.read(desired);
        graphs.delete(desired.id(), TransactionalWrites.NOTHING);
        graphs.read(desired);
        assertThat(read).hasValue(2);
    }
}
