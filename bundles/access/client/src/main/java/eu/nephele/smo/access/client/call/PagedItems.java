// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The items of a list, page by page: a page is asked for when the items before it are used up. */
public final class PagedItems<T> implements Iterable<T> {

    private final CallFactory calls;
    private final String path;
    private final Function<JsonNode, T> reader;

    /** @param path with the filters as its query, if there are any */
    public PagedItems(CallFactory calls, String path, Function<JsonNode, T> reader) {
        this.calls = calls;
        this.path = path;
        this.reader = reader;
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    public List<T> toList() {
        return stream().toList();
    }

    @Override
    public Iterator<T> iterator() {
        return new PageIterator();
    }

    private final class PageIterator implements Iterator<T> {

        private final Deque<T> items = new ArrayDeque<>();
        private Optional<String> next = Optional.of("");

        @Override
        public boolean hasNext() {
            while (items.isEmpty() && next.isPresent()) {
                read(next.get());
            }
            return !items.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The list has no further item");
            }
            return items.remove();
        }

        private void read(String cursor) {
            String further = cursor.isEmpty()
                    ? path
                    : path + (path.contains("?") ? "&" : "?") + "cursor=" + CallFactory.encoded(cursor);
            JsonFields page = new JsonFields(calls.get(further).send());
            items.addAll(page.list("items", reader));
            next = page.textIfPresent("nextCursor");
        }
    }
}
