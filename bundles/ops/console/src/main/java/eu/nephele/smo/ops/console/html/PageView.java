// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Links and forms of one answer. */
public record PageView(String root, String token, CallContext call) {

    public static final String TOKEN = "token";

    public static final String ACTION = "action";
    public static final String FILE = "file";

    /** @param query alternating names and values */
    public static String address(String root, String... query) {
        StringBuilder address = new StringBuilder(root);
        for (int i = 0; i < query.length; i += 2) {
            address.append(i == 0 ? '?' : '&')
                    .append(query[i])
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return address.toString();
    }

    public Fragment link(String name, String value, String label) {
        return html ->
                html.open("a", "href", address(root, name, value)).text(label).close("a");
    }

    public Fragment button(String action, String label, Map<String, String> fields) {
        return html -> open(html, action, fields, false)
                .element("button", label, "type", "submit", "name", ACTION, "value", action)
                .close("form");
    }

    /** One button with a line of text to fill in. */
    public Fragment question(String action, String label, String field, Map<String, String> fields) {
        return html -> open(html, action, fields, false)
                .open(
                        "input",
                        "name",
                        field,
                        "size",
                        "20",
                        "maxlength",
                        "200",
                        "placeholder",
                        "why",
                        "required",
                        "required")
                .element("button", label, "type", "submit", "name", ACTION, "value", action)
                .close("form");
    }

    public Fragment upload(String action, String label, Map<String, String> fields) {
        return html -> open(html, action, fields, true)
                .open("input", "type", "file", "name", FILE, "accept", ".jar,.zip", "required", "required")
                .element("button", label, "type", "submit", "name", ACTION, "value", action)
                .close("form");
    }

    private Html open(Html html, String action, Map<String, String> fields, boolean multipart) {
        html.open(
                "form",
                "method",
                "post",
                "action",
                root,
                "class",
                "smo-" + action,
                "enctype",
                multipart ? "multipart/form-data" : "application/x-www-form-urlencoded");
        html.open("input", "type", "hidden", "name", TOKEN, "value", token);
        fields.forEach((name, value) -> html.open("input", "type", "hidden", "name", name, "value", value));
        return html;
    }
}
