// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A value of a configuration that may be one text, or several. */
record TextList(List<String> items) {

    TextList {
        items = List.copyOf(items);
    }

    static TextList from(Object value) {
        if (value instanceof Collection<?> items) {
            return new TextList(items.stream().map(String::valueOf).toList());
        }
        List<String> texts = new ArrayList<>();
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            texts.add(String.valueOf(value));
        }
        return new TextList(texts);
    }
}
