// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a grant allows; the rules are in {@code core/identity}, {@code RoleRules}. In the order of what they allow. */
public enum Role {
    VIEWER,
    DEPLOYER,
    OPERATOR,
    PLUGIN_ADMIN,
    ADMIN;

    /** As in grants, tokens and the command line: {@code plugin-admin}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
