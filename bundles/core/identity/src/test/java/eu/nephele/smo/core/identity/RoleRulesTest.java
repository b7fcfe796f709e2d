// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoleRulesTest {

    private static final List<String> KINDS = List.of(
            "graph",
            "replay",
            "shadow",
            "resource",
            "cluster",
            "alert",
            "webhook",
            "server",
            "plugin",
            "signer",
            "strategy",
            "default",
            "audit",
            "configuration",
            "user",
            "key",
            "session",
            "grant");

    /** Letters: r READ, c CREATE, u UPDATE, d DELETE, o OPERATE. */
    private static String allowed(Role role, String grantedIn, String kind, String project) {
        StringBuilder letters = new StringBuilder();
        for (Verb verb : Verb.values()) {
            if (RoleRules.allows(role, grantedIn, verb, kind, project)) {
                letters.append(Character.toLowerCase(verb.name().charAt(0)));
            }
        }
        return letters.toString();
    }

    @ParameterizedTest
    @CsvSource({
        // role, granted in, kind, project of the resource, allowed
        "VIEWER, '', graph, shop, r",
        "VIEWER, shop, graph, shop, r",
        "VIEWER, shop, graph, other, ''",
        "VIEWER, shop, graph, '', ''",
        "VIEWER, shop, cluster, '', r",
        "VIEWER, shop, strategy, '', r",
        "VIEWER, shop, plugin, '', r",
        "VIEWER, shop, webhook, '', ''",
        "VIEWER, '', webhook, '', r",
        "VIEWER, '', server, '', r",
        "VIEWER, '', audit, '', ''",
        "VIEWER, '', user, '', ''",
        "VIEWER, '', configuration, '', ''",
        "DEPLOYER, shop, graph, shop, rcudo",
        "DEPLOYER, shop, graph, other, ''",
        "DEPLOYER, shop, shadow, shop, rcudo",
        "DEPLOYER, shop, dns-zone, shop, rcudo",
        "DEPLOYER, shop, grant, shop, ''",
        "DEPLOYER, shop, alert, '', o",
        "DEPLOYER, '', graph, '', rcudo",
        "DEPLOYER, '', cluster, '', r",
        "DEPLOYER, '', webhook, '', r",
        "DEPLOYER, '', default, '', r",
        "DEPLOYER, '', plugin, '', r",
        "OPERATOR, '', cluster, '', rcudo",
        "OPERATOR, '', webhook, '', rcudo",
        "OPERATOR, '', strategy, '', rcudo",
        "OPERATOR, '', plugin, '', r",
        "VIEWER, '', signer, '', r",
        "DEPLOYER, '', signer, '', r",
        "OPERATOR, '', signer, '', r",
        "PLUGIN_ADMIN, '', signer, '', rcudo",
        "PLUGIN_ADMIN, shop, signer, '', r",
        "OPERATOR, '', audit, '', r",
        "OPERATOR, '', user, '', ''",
        "OPERATOR, shop, cluster, '', r",
        "OPERATOR, shop, graph, shop, rcudo",
        "PLUGIN_ADMIN, '', plugin, '', rcudo",
        "PLUGIN_ADMIN, '', strategy, '', rcudo",
        "PLUGIN_ADMIN, '', graph, shop, ''",
        "PLUGIN_ADMIN, shop, plugin, '', r",
        "ADMIN, '', user, '', rcudo",
        "ADMIN, '', audit, '', rcudo",
        "ADMIN, shop, grant, shop, rcudo",
        "ADMIN, shop, grant, '', ''",
        "ADMIN, shop, user, '', ''",
        "ADMIN, shop, graph, other, ''",
    })
    void aRoleAllows(Role role, String grantedIn, String kind, String project, String expected) {
        assertThat(allowed(role, grantedIn, kind, project)).isEqualTo(expected);
    }

    /** What is forbidden in a foreign project cannot even be seen, except what is shared. */
    @ParameterizedTest
    @EnumSource
    void aGrantOfAProjectAllowsNothingInAnotherOne(Role role) {
        KINDS.stream()
                .filter(kind -> !List.of("cluster", "strategy", "plugin", "signer", "default", "alert")
                        .contains(kind))
                .forEach(kind -> assertThat(allowed(role, "shop", kind, "other"))
                        .as("%s of %s", role, kind)
                        .isEmpty());
    }

    @Test
    void theLeastRoleIsTheOneThatWouldDo() {
        assertThat(RoleRules.least(Verb.READ, "graph", "shop")).contains(Role.VIEWER);
        assertThat(RoleRules.least(Verb.UPDATE, "graph", "shop")).contains(Role.DEPLOYER);
        assertThat(RoleRules.least(Verb.OPERATE, "cluster", "")).contains(Role.OPERATOR);
        assertThat(RoleRules.least(Verb.CREATE, "plugin", "")).contains(Role.PLUGIN_ADMIN);
        assertThat(RoleRules.least(Verb.CREATE, "user", "")).contains(Role.ADMIN);
        Stream<Optional<Role>> all = KINDS.stream()
                .flatMap(kind -> Arrays.stream(Verb.values()).map(verb -> RoleRules.least(verb, kind, "")));
        assertThat(all).allMatch(Optional::isPresent);
    }

    @Test
    void nobodyGivesMoreToAProjectThatTheyAdminister() {
        assertThat(RoleRules.allows(Role.ADMIN, "", Verb.UPDATE, "quota", "shop"))
                .isTrue();
        assertThat(RoleRules.allows(Role.ADMIN, "shop", Verb.UPDATE, "quota", "shop"))
                .isFalse();
        assertThat(RoleRules.allows(Role.OPERATOR, "", Verb.DELETE, "quota", "shop"))
                .isFalse();
        assertThat(RoleRules.allows(Role.VIEWER, "shop", Verb.READ, "quota", "shop"))
                .isTrue();
        assertThat(RoleRules.allows(Role.VIEWER, "shop", Verb.READ, "quota", "other"))
                .isFalse();
    }

    @Test
    void everyRoleIsInTheTable() {
        assertThat(RoleTable.rows()).hasSize(Role.values().length);
        assertThat(RoleTable.rows().get(1).toJson())
                .contains("\"role\":\"deployer\"", "\"graph\":[\"READ\",\"CREATE\",\"UPDATE\",\"DELETE\",\"OPERATE\"]");
    }
}
