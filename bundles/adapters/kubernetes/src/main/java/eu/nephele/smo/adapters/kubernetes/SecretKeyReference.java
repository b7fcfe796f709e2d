// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code k8s:NAMESPACE/NAME/KEY}, with the names that Kubernetes allows. */
record SecretKeyReference(String namespace, String name, String key) {

    static final String PREFIX = "k8s:";

    private static final Pattern FORM = Pattern.compile(
            "k8s:(?<namespace>[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/(?<name>[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)/(?<key>[-._a-zA-Z0-9]{1,253})");

    /** Empty when the text has another form. */
    static Optional<SecretKeyReference> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new SecretKeyReference(parts.group("namespace"), parts.group("name"), parts.group("key")))
                : Optional.empty();
    }
}
