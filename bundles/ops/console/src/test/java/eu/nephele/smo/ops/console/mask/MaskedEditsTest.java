// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.webconsole.spi.ValidationException;
import org.junit.jupiter.api.Test;

class MaskedEditsTest {

    private static final Map<String, Object> PRESENT = Map.of(
            "password",
            "correct horse",
            "url",
            "http://anna:tr0ub4dor@grafana:3000",
            "logins",
            new String[] {"plain", "first secret", "second secret"},
            "pins",
            List.of("first secret"),
            "stars",
            "a *** b");

    private final MaskedEdits edits = new MaskedEdits(
            new ConfigurationChanges() {
                @Override
                public Map<String, Object> present(String pid) {
                    return pid.equals("a.pid") ? PRESENT : Map.of();
                }

                @Override
                public void write(String pid, Map<String, Object> properties) {
                    throw new AssertionError("nothing is written here");
                }
            },
            () -> Set.of("correct horse", "anna:tr0ub4dor", "tr0ub4dor", "first secret", "second secret"));

    private Dictionary<String, Object> sent(String pid, Map<String, Object> properties) throws ValidationException {
        Dictionary<String, Object> all = new Hashtable<>(properties);
        edits.updateConfiguration("", pid, all);
        return all;
    }

    @Test
    void whatWasShownMaskedStaysAsItIs() throws Exception {
        Dictionary<String, Object> sent = sent(
                "a.pid",
                Map.of(
                        "password",
                        "***",
                        "url",
                        "http://***@grafana:3000",
                        "logins",
                        new String[] {"***", "new", "***"},
                        "pins",
                        new ArrayList<>(List.of("***")),
                        "stars",
                        "a *** b",
                        "workers",
                        4));
        assertThat(sent.get("password")).isEqualTo("correct horse");
        assertThat(sent.get("url")).isEqualTo("http://anna:tr0ub4dor@grafana:3000");
        assertThat((String[]) sent.get("logins")).containsExactly("first secret", "new", "second secret");
        assertThat(sent.get("pins")).isEqualTo(List.of("first secret"));
        assertThat(sent.get("stars")).isEqualTo("a *** b");
        assertThat(sent.get("workers")).isEqualTo(4);
    }

    @Test
    void whatIsEnteredIsTaken() throws Exception {
        Dictionary<String, Object> sent =
                sent("a.pid", Map.of("password", "file:secrets/grafana", "logins", new String[0]));
        assertThat(sent.get("password")).isEqualTo("file:secrets/grafana");
        assertThat((String[]) sent.get("logins")).isEmpty();
    }

    @Test
    void aMaskThatStandsForNothingIsRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("password", "x***"),
                Map.of("user", "***"),
                Map.of("url", "http://***@elsewhere:3000"),
                // which of the two is left nobody can know
                Map.of("logins", new String[] {"***"}),
                Map.of("logins", new String[] {"***", "***", "***"}))) {
            assertThatThrownBy(() -> sent("a.pid", wrong))
                    .as("%s", wrong)
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("is not shown")
                    .hasMessageContaining(wrong.keySet().iterator().next());
        }
        assertThatThrownBy(() -> sent("another.pid", Map.of("password", "***")))
                .isInstanceOf(ValidationException.class);
    }
}
