// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.util.ArrayList;
import java.util.List;

/** The packages that a manifest header such as {@code Import-Package} lists, without attributes and directives. */
final class Clauses {

    private Clauses() {}

    static List<String> packagesOf(String header) {
        List<String> packages = new ArrayList<>();
        boolean quoted = false;
        StringBuilder token = new StringBuilder();
        for (char c : (header + ",").toCharArray()) {
            quoted ^= c == '"';
            if (!quoted && (c == ',' || c == ';')) {
                String text = token.toString().strip();
                if (!text.isEmpty() && text.indexOf('=') < 0) {
                    packages.add(text);
                }
                token.setLength(0);
            } else {
                token.append(c);
            }
        }
        return packages;
    }
}
