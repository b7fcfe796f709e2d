// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import javax.persistence.EntityManager;
import org.junit.jupiter.api.Test;

class BatchedWriteTest {

    private final BatchedWrite<String> batchedWrite = new BatchedWrite<>(any -> "written");
    /** It is never called. */
    private final EntityManager entities = (EntityManager) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method);
            });

    @Test
    void whatWasDoneInATransactionThatDidNotComeToItsEndIsNotAcknowledged() {
        batchedWrite.apply(entities, () -> true);
        batchedWrite.end();

        assertThatThrownBy(batchedWrite::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommittedBatchIsStored() {
        batchedWrite.apply(entities, () -> true);
        batchedWrite.settle();
        batchedWrite.end();

        assertThat(batchedWrite.get()).isEqualTo(new BatchedWrite.WriteResult<>("written", true));
    }
}
