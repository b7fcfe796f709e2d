// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import java.util.List;
import org.owasp.encoder.Encode;

/** Writes HTML. Texts and attribute values are encoded here only; names of tags and attributes are our own. */
public final class Html {

    @FunctionalInterface
    public interface Fragment {
        void write(Html html);
    }

    private final StringBuilder page = new StringBuilder();

    /** @param attributes alternating names and values */
    public Html open(String tag, String... attributes) {
        page.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(Encode.forHtmlAttribute(attributes[i + 1]))
                    .append('"');
        }
        page.append('>');
        return this;
    }

    public Html close(String tag) {
        page.append("</").append(tag).append(">\n");
        return this;
    }

    public Html text(String text) {
        // The console replaces ${…} in the output of its pages.
        page.append(Encode.forHtmlContent(text).replace("${", "&#36;{"));
        return this;
    }

    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    public Html add(Fragment fragment) {
        fragment.write(this);
        return this;
    }

    public static Fragment textual(String text) {
        return html -> html.text(text);
    }

    /** In the console's own style; "nothing" when it has no rows. */
    public Html table(String name, List<String> heads, List<List<Fragment>> rows, String nothing) {
        if (rows.isEmpty()) {
            return element("p", nothing);
        }
        open("table", "class", "nicetable ui-widget", "id", name).open("thead").open("tr");
        heads.forEach(head -> element("th", head, "class", "ui-widget-header"));
        close("tr").close("thead").open("tbody", "class", "ui-widget-content");
        for (List<Fragment> row : rows) {
            open("tr");
            row.forEach(cell -> open("td").add(cell).close("td"));
            close("tr");
        }
        return close("tbody").close("table");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
