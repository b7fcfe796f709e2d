// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * Which texts of a configuration are secret: those of a property whose name or description says so, those of a property that its reader
 * does not know, since the name may be that of a secret misspelt, and credentials in URLs. References and switches are not.
 */
final class SecretTexts {

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(?:password|passwd|pwd|passphrase|passwordreference|token|secret|secretid|credentials?"
                    + "|kubeconfig|(?:api|access|private)[-_.]?key)");

    /** Of the schemes that are resolved here; a login has its registry and user before it, a context its name. */
    private static final Pattern REFERENCE = Pattern.compile("(?:[^=]+=(?:[^:]+:)?)?(?:file|env|k8s|vault):.+");

    private static final Pattern SWITCH = Pattern.compile("true|false");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");
    private static final Pattern USER_INFO = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^\\s/?#]+)@");

    /** What stands alone before the @ of a URL and is shorter is the name of a user. */
    private static final int LEAST_TOKEN = 8;

    private SecretTexts() {}

    /** @param described the properties that the reader of the configuration knows, empty when nobody describes it */
    static Set<String> in(
            String pid, Map<String, List<String>> properties, Optional<Map<String, AttributeDefinition>> described) {
        Set<String> found = new TreeSet<>();
        properties.forEach((name, values) -> {
            Optional<AttributeDefinition> attribute = described.map(known -> known.get(name));
            if (isSecret(name, attribute)) {
                values.stream().filter(SecretTexts::isInClear).forEach(found::add);
            } else if (described.isPresent() && attribute.isEmpty() && isUnread(pid, name)) {
                values.stream()
                        .filter(SecretTexts::isInClear)
                        .filter(value -> !NUMBER.matcher(value).matches())
                        .forEach(found::add);
            }
            addCredentials(values, found);
        });
        return found;
    }

    private static boolean isSecret(String name, Optional<AttributeDefinition> attribute) {
        return attribute
                        .filter(known -> known.getType() == AttributeDefinition.PASSWORD)
                        .isPresent()
                || (NAME.matcher(name).matches() && !ClearSecrets.NO_SECRETS.contains(name));
    }

    private static boolean isUnread(String pid, String name) {
        return !LocalPids.isOfFramework(pid) && !UnreadConfigurationCheck.isReserved(name);
    }

    private static boolean isInClear(String value) {
        return !value.isBlank()
                && !REFERENCE.matcher(value).matches()
                && !SWITCH.matcher(value).matches();
    }

    private static void addCredentials(Collection<String> values, Set<String> found) {
        for (String value : values) {
            Matcher url = USER_INFO.matcher(value);
            while (url.find()) {
                String user = url.group(1);
                int colon = user.indexOf(':');
                if (colon >= 0 && colon < user.length() - 1) {
                    found.add(user);
                    found.add(user.substring(colon + 1));
                } else if (colon < 0 && user.length() >= LEAST_TOKEN) {
                    found.add(user);
                }
            }
        }
    }
}
