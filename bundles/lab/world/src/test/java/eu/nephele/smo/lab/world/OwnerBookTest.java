// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerBookTest {

    private static final String RELEASE = "/releases/p/g/web";

    private final OwnerBook book = new OwnerBook();

    @Test
    void aWriteAfterAnyCallOfAHigherEpochIsOfAFormerOwner() {
        book.called("PUT", RELEASE, "a", "1");
        book.called("GET", "/clusters", "b", "2");
        book.called("GET", RELEASE, "a", "1");
        book.called("DELETE", RELEASE, "a", "1");
        book.called("PUT", RELEASE, "b", "2");
        OwnerReport report = book.report();
        assertThat(report.highestEpoch()).isEqualTo(2);
        assertThat(report.writesByEpoch()).isEqualTo(Map.of(1L, 2L, 2L, 1L));
        assertThat(report.formerWrites()).isEqualTo(1);
        assertThat(report.nobodysWrites()).isZero();
        assertThat(report.firstFormer()).containsExactly("DELETE " + RELEASE + " of a, epoch 1, after epoch 2");
    }

    @Test
    void whoSaysNoEpochIsNobodyWhereOthersDo() {
        book.called("PUT", RELEASE, "", "");
        assertThat(book.report().nobodysWrites()).isZero();
        book.called("PUT", RELEASE, "a", "1");
        book.called("GET", RELEASE, "", "");
        book.called("PUT", RELEASE, "", "");
        assertThat(book.report().nobodysWrites()).isEqualTo(1);
        assertThat(book.report().formerWrites()).isZero();
        assertThat(book.report().firstFormer())
                .containsExactly("PUT " + RELEASE + " of nobody that says its epoch, after epoch 1");
    }
}
