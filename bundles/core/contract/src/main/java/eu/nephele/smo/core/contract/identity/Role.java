// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a grant allows; the rules are in {@code core/identity}, {@code RoleRules}. In the order of what they allow. */
public enum Role {
    VIEWER,
    DEPLOYER,
    OPERATOR,
    PLUGIN_ADMIN,
    ADMIN;

    private static final List<Role> ALL = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As in grants, tokens and the command line: {@code plugin-admin}. */
    public String word() {
        return word;
    }

    public static Optional<Role> ofWord(String word) {
        for (Role role : ALL) {
            if (role.word.equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
