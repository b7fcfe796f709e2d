// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value that may be secret: a text as the file has it, or a reference that is resolved when it is used. */
public sealed interface TextOrSecret {

    /** @param text may be secret although it stands in the file, so it is not part of {@link #toString()} */
    record PlainText(String text) implements TextOrSecret {
        @Override
        public String toString() {
            return "(text)";
        }
    }

    /** @param reference as {@code SecretSource} of the api resolves it: {@code env:NAME} */
    record SecretReference(String reference) implements TextOrSecret {
        @Override
        public String toString() {
            return reference;
        }
    }

    /** A variable within a text; {@code $$} in front of the brace is no variable. */
    Pattern VARIABLE = Pattern.compile("(\\$?)\\$\\{([^{}]*)\\}");

    /** The name of a variable. */
    Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    /**
     * Reads {@code ${NAME}} as a reference and a text without variables as itself, {@code $${…}} in it as <code>${…}</code>.
     *
     * @return empty when a variable is only a part of the text: the value of a secret would have to become part of a text
     */
    static Optional<TextOrSecret> parse(String written) {
        Matcher variable = VARIABLE.matcher(written);
        boolean whole = variable.matches() && variable.group(1).isEmpty();
        if (whole) {
            return NAME.matcher(variable.group(2)).matches()
                    ? Optional.of(new SecretReference("env:" + variable.group(2)))
                    : Optional.empty();
        }
        boolean within =
                VARIABLE.matcher(written).results().anyMatch(found -> found.group(1).isEmpty());
        return within
                ? Optional.empty()
                : Optional.of(
                        new PlainText(VARIABLE.matcher(written).replaceAll(found -> Matcher.quoteReplacement(
                                "${" + found.group(2) + "}"))));
    }
}
