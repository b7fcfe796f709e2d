// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.store.ConfigurationRevision;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import eu.nephele.smo.core.contract.store.StoredConfiguration;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of the configuration, on every database. */
abstract class ConfigurationStoreContract {

    private static final String TEXT = "a=[ \\\r\n  \"x\\=y, \\\"z\\\"\", \\\r\n  ]\r\nb=\"ü $\\ {}\\\\\"\r\n";

    private final TestDatabase kind;
    private Opened database;
    private ConfigurationStore configuration;

    ConfigurationStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        configuration = database.stores().configuration();
    }

    @Test
    void nothingIsThereBeforeTheFirstChange() {
        assertThat(configuration.mark()).isEqualTo(ConfigurationRevision.NOTHING);
        assertThat(configuration.changedAfter(0)).isEmpty();
        assertThat(configuration.effective()).isEmpty();
    }

    @Test
    void changesAreThereAsTheyWereWrittenTheLatestOfEachInTheirOrder() {
        assertThat(configuration.change("one", Optional.of("first"))).isEqualTo(1);
        assertThat(configuration.change("Two~b", Optional.of(TEXT))).isEqualTo(2);
        assertThat(configuration.change("two~b", Optional.empty())).isEqualTo(3);
        assertThat(configuration.change("one", Optional.of(""))).isEqualTo(4);

        assertThat(configuration.changedAfter(0))
                .containsExactly(
                        new StoredConfiguration("Two~b", 2, Optional.of(TEXT)),
                        new StoredConfiguration("two~b", 3, Optional.empty()),
                        new StoredConfiguration("one", 4, Optional.of("")));
        assertThat(configuration.changedAfter(3))
                .extracting(StoredConfiguration::pid)
                .containsExactly("one");
        assertThat(configuration.changedAfter(4)).isEmpty();
        assertThat(configuration.mark().revision()).isEqualTo(4);
        assertThat(configuration.mark().origin()).hasSize(36);
    }

    @Test
    void theOriginStaysAndIsThatOfThisDatabase() {
        configuration.change("one", Optional.of("x"));
        String origin = configuration.mark().origin();
        configuration.change("one", Optional.of("y"));
        configuration.effective(new EffectiveConfiguration("s", Map.of()));
        assertThat(configuration.mark()).isEqualTo(new ConfigurationRevision(origin, 2, 1));
        ConfigurationStore other = kind.empty().stores().configuration();
        other.change("one", Optional.of("x"));
        assertThat(other.mark().origin()).isNotEqualTo(origin);
    }

    @Test
    void whatCountsAtTheOwnerIsThereAsItWasWrittenLast() {
        Map<String, Map<String, String>> digests = Map.of("one", Map.of("a.b", "00", "c", "01"), "two~b", Map.of());
        configuration.effective(new EffectiveConfiguration("s1", Map.of("gone", Map.of("x", "y"))));
        configuration.effective(new EffectiveConfiguration("s2", digests));
        assertThat(configuration.effective()).contains(new EffectiveConfiguration("s2", digests));
        assertThat(configuration.mark().effective()).isEqualTo(2);
        assertThat(configuration.mark().revision()).as("it is no change").isZero();
        assertThat(database.rows("configuration_list")).isEqualTo(1);
        assertThat(List.of(configuration.changedAfter(0))).containsExactly(List.of());
    }
}
