// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerCallLogTest {

    private static final String RELEASE = "/releases/p/g/web";

    private long now = 1_000;
    private final OwnerCallLog book = new OwnerCallLog(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    });

    private void call(String method, String holder, int epoch, long begun, long left) {
        Map<String, String> said =
                Map.of("Smo-Owner", holder, "Smo-Epoch", "" + epoch, "Smo-Begun", "" + begun, "Smo-Left", "" + left);
        book.called(method, RELEASE, CallingServer.from(said::get));
    }

    private void call(String method) {
        book.called(method, RELEASE, CallingServer.from(name -> ""));
    }

    @Test
    void aWriteThatIsBegunAfterAnyCallOfAHigherEpochIsOfAFormerOwner() {
        call("PUT", "a", 1, 1_000, 5_000);
        now = 9_000;
        call("GET", "b", 2, 8_999, 5_000);
        now = 9_001;
        call("GET", "a", 1, 9_001, 1);
        call("DELETE", "a", 1, 9_001, 1);
        call("PUT", "b", 2, 9_001, 5_000);
        OwnerReport report = book.report();
        assertThat(report.highestEpoch()).isEqualTo(2);
        assertThat(report.writesByEpoch()).isEqualTo(Map.of(1L, 2L, 2L, 1L));
        assertThat(report.formerWrites()).isEqualTo(1);
        assertThat(report.lateWrites()).isZero();
        assertThat(report.nobodysWrites()).isZero();
        assertThat(report.firstFormer())
                .containsExactly("DELETE " + RELEASE + " of a, epoch 1, begun when it no longer owned the database");
    }

    @Test
    void aWriteThatWasBegunBeforeAndComesAfterwardsIsLate() {
        call("PUT", "a", 1, 1_000, 5_000);
        now = 9_000;
        call("GET", "b", 2, 9_000, 5_000);
        now = 20_000;
        call("GET", "c", 3, 20_000, 5_000);
        call("PUT", "a", 1, 2_000, 4_000);
        assertThat(book.report().lateWrites()).isEqualTo(1);
        assertThat(book.report().formerWrites()).isZero();

        call("PUT", "a", 1, 9_001, 4_000);
        assertThat(book.report().formerWrites())
                .as("after the next one, not the last")
                .isEqualTo(1);
    }

    @Test
    void theFirstCallOfAnyLaterOwnerCounts() {
        now = 10_000;
        call("GET", "c", 3, 10_000, 5_000);
        now = 20_000;
        call("GET", "b", 2, 9_000, 5_000);
        call("PUT", "a", 1, 15_000, 5_000);
        assertThat(book.report().formerWrites()).isEqualTo(1);
    }

    @Test
    void aWriteThatIsBegunAfterItsLeaseIsOfAFormerOwnerAlsoBeforeThereIsAnother() {
        call("PUT", "a", 1, 1_000, 0);
        assertThat(book.report().formerWrites()).isEqualTo(1);
    }

    @Test
    void whoDoesNotSayWhenItBeganHasNotBegunInTime() {
        call("GET", "b", 2, 1_000, 5_000);
        book.called("PUT", RELEASE, CallingServer.from(name -> "Smo-Epoch".equals(name) ? "1" : ""));
        assertThat(book.report().formerWrites()).isEqualTo(1);
    }

    @Test
    void whoSaysNoEpochIsNobodyWhereOthersDo() {
        call("PUT");
        assertThat(book.report().nobodysWrites()).isZero();
        call("PUT", "a", 1, 1_000, 5_000);
        call("GET");
        call("PUT");
        assertThat(book.report().nobodysWrites()).isEqualTo(1);
        assertThat(book.report().formerWrites()).isZero();
        assertThat(book.report().firstFormer()).containsExactly("PUT " + RELEASE + " without an epoch, after epoch 1");
    }
}
