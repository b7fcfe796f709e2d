// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.store.IdentityStore;
import eu.nephele.smo.core.contract.store.StoredIdentity;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users, keys, sessions and grants, on every database. */
abstract class IdentityStoreContract {

    private static final IdentityKey ANNA = new IdentityKey("user", "anna");
    private static final IdentityKey BIG_ANNA = new IdentityKey("user", "Anna");
    private static final IdentityKey KEY = new IdentityKey("key", "anna");
    private static final String TEXT = "{\"name\":\"ü \\\"x\\\"\"}";

    private final TestDatabase kind;
    private Opened database;
    private IdentityStore identities;

    IdentityStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        identities = database.stores().identities();
    }

    @Test
    void nothingIsThereBeforeTheFirstChange() {
        assertThat(identities.revision()).isZero();
        assertThat(identities.changedAfter(0)).isEmpty();
        assertThat(identities.uses()).isEmpty();
    }

    @Test
    void theLatestOfEachIsThereInTheOrderOfTheChanges() {
        assertThat(identities.change(Map.of(ANNA, Optional.of("{}"), KEY, Optional.of("{}"))))
                .isEqualTo(1);
        assertThat(identities.change(Map.of(BIG_ANNA, Optional.of(TEXT)))).isEqualTo(2);
        assertThat(identities.change(Map.of(ANNA, Optional.empty()))).isEqualTo(3);
        assertThat(identities.revision()).isEqualTo(3);
        assertThat(identities.changedAfter(0))
                .containsExactly(
                        new StoredIdentity(KEY, 1, Optional.of("{}")),
                        new StoredIdentity(BIG_ANNA, 2, Optional.of(TEXT)),
                        new StoredIdentity(ANNA, 3, Optional.empty()));
        assertThat(identities.changedAfter(2)).extracting(StoredIdentity::key).containsExactly(ANNA);
        assertThat(identities.changedAfter(3)).isEmpty();
    }

    @Test
    void usesAreNoChangesAndGoWithWhatWasUsed() {
        Instant first = Instant.parse("2026-11-20T10:00:00.123456Z");
        identities.change(Map.of(KEY, Optional.of("{}"), ANNA, Optional.of("{}")));
        identities.used(Map.of(KEY, first, ANNA, first));
        identities.used(Map.of(KEY, first.plusSeconds(1)));
        assertThat(identities.uses()).isEqualTo(Map.of(KEY, first.plusSeconds(1), ANNA, first));
        assertThat(identities.revision()).isEqualTo(1);
        identities.change(Map.of(KEY, Optional.empty()));
        assertThat(identities.uses()).isEqualTo(Map.of(ANNA, first));
    }

    @Test
    void whatWasRemovedIsForgottenLater() {
        identities.change(Map.of(KEY, Optional.of("{}"), ANNA, Optional.of("{}")));
        identities.change(Map.of(KEY, Optional.empty()));
        assertThat(identities.forgetRemoved(Instant.now().minus(Duration.ofHours(1))))
                .isZero();
        assertThat(identities.forgetRemoved(Instant.now().plus(Duration.ofHours(1))))
                .isEqualTo(1);
        assertThat(identities.changedAfter(0)).extracting(StoredIdentity::key).containsExactly(ANNA);
        assertThat(identities.revision()).isEqualTo(2);
    }
}
