// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.util.regex.Pattern;

/**
 * Names of plugins. The framework takes any text for a symbolic name; here it becomes part of a file name and of a path of the
 * REST interface, so it is what the OSGi specification calls one.
 */
final class PluginName {

    private static final int MOST_OF_NAME = 160;
    private static final int MOST_OF_VERSION = 60;
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private PluginName() {}

    /** @param what beginning of the message: which name is missing or invalid */
    static void check(String rule, String what, String name) throws AdmissionException {
        if (name.length() > MOST_OF_NAME) {
            throw new AdmissionException(
                    rule,
                    "%s, but '%s…' of %d characters; at most %d are possible"
                            .formatted(what, name.substring(0, 40), name.length(), MOST_OF_NAME));
        }
        if (!SYMBOLIC_NAME.matcher(name).matches()) {
            throw new AdmissionException(
                    rule,
                    "%s, but '%s': letters, digits, _ and -, in parts with one dot between them, for example com.acme.planner"
                            .formatted(what, name));
        }
    }

    static void checkLength(String rule, String what, String version) throws AdmissionException {
        if (version.length() > MOST_OF_VERSION) {
            throw new AdmissionException(
                    rule,
                    "%s, but '%s…' of %d characters; at most %d are possible"
                            .formatted(what, version.substring(0, 40), version.length(), MOST_OF_VERSION));
        }
    }
}
