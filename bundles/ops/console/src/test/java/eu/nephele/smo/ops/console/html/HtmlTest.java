// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HtmlTest {

    @Property
    void noTextBecomesMarkup(@ForAll String text) {
        String page = new Html().element("p", text).toString();
        String inner = page.substring("<p>".length(), page.length() - "</p>\n".length());
        assertThat(inner).doesNotContain("<", ">").doesNotContain("${");
    }

    @Property
    void noValueLeavesItsAttribute(@ForAll String value) {
        String page = new Html().open("a", "href", value).toString();
        assertThat(page).startsWith("<a href=\"").endsWith("\">");
        assertThat(page.substring("<a href=\"".length(), page.length() - 2)).doesNotContain("\"", "<");
    }

    @Test
    void addressesCarryAnyValue() {
        assertThat(PageView.address("/page", "plugin", "a&b=c d", "version", "1.0"))
                .isEqualTo("/page?plugin=a%26b%3Dc+d&version=1.0");
    }

    @Test
    void aTokenIsGuessedByNobody() {
        FormToken token = new FormToken();
        assertThat(token.matches(token.value())).isTrue();
        assertThat(token.matches(null)).isFalse();
        assertThat(token.matches("")).isFalse();
        assertThat(token.matches(new FormToken().value())).isFalse();
    }
}
