// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import javax.persistence.EntityManager;
import org.junit.jupiter.api.Test;

class PieceTest {

    private final Piece<String> piece = new Piece<>(any -> "written");
    /** Nothing is asked of it. */
    private final EntityManager entities = (EntityManager) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method);
            });

    @Test
    void whatWasDoneInATransactionThatDidNotComeToItsEndIsNotAcknowledged() {
        piece.apply(entities, () -> true);
        piece.end();

        assertThatThrownBy(piece::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasCommittedIs() {
        piece.apply(entities, () -> true);
        piece.settle();
        piece.end();

        assertThat(piece.get()).isEqualTo(new Piece.Done<>("written", true));
    }
}
