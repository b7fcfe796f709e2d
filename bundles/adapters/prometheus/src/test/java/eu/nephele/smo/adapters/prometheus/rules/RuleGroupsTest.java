// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** Foreign rules stay unchanged, in their place. */
class RuleGroupsTest {

    private static final Map<String, Object> FOREIGN = Map.of("record", "r", "expr", "1");
    private static final Map<String, Object> OURS = Map.of("alert", "p/g/s/e", "expr", "2");
    private static final Map<String, Object> NEWER = Map.of("alert", "p/g/s/e", "expr", "3");

    @Example
    void aRuleTakesThePlaceOfOneOfItsName() {
        Map<String, Object> group = Map.of("name", "p/g", "interval", "30s", "rules", List.of(OURS, FOREIGN, OURS));
        RuleGroups changed = new RuleGroups(List.of("nonsense", group)).with("p/g", NEWER);
        assertThat(changed.groups())
                .containsExactly(
                        "nonsense", Map.of("name", "p/g", "interval", "30s", "rules", List.of(NEWER, FOREIGN)));
    }

    @Example
    void aGroupWithoutRulesGetsItsFirstOne() {
        assertThat(new RuleGroups(List.of(Map.of("name", "p/g")))
                        .with("p/g", OURS)
                        .rules())
                .containsExactly(OURS);
        assertThat(RuleGroups.from("nonsense").with("p/g", OURS).rules()).containsExactly(OURS);
    }

    @Example
    void aGroupThatHasBecomeEmptyGoesAndOthersStay() {
        Map<String, Object> empty = Map.of("name", "other", "rules", List.of());
        RuleGroups groups = new RuleGroups(List.of(empty, Map.of("name", "p/g", "rules", List.of(OURS))));
        assertThat(groups.without("p/g", "p/g/s/e").groups()).containsExactly(empty);
        assertThat(groups.without("p/g", "p/g/s/x")).isEqualTo(groups);
        assertThat(groups.without("other", "p/g/s/e")).isEqualTo(groups);
    }

    @Property(tries = 200)
    void addingAndRemovingIsAsIfNothingHadBeen(
            @ForAll List<@AlphaChars @StringLength(min = 1, max = 3) String> names,
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String name) {
        RuleGroups groups = RuleGroups.from(Map.of());
        for (String each : names) {
            groups = groups.with("g-" + each.length(), Map.of("alert", "a-" + each));
        }
        RuleGroups with = groups.with("g-1", Map.of("alert", name));
        assertThat(with.with("g-1", Map.of("alert", name))).isEqualTo(with);
        assertThat(with.without("g-1", name)).isEqualTo(groups);
        assertThat(with.rules()).hasSize(groups.rules().size() + 1);
    }
}
