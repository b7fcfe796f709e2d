// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method whose body is never held in memory: it is written to a file as it arrives, with a limit of its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Streamed {

    final class StreamedLookup {

        private StreamedLookup() {}

        public static boolean isStreamed(ResourceInfo resource) {
            return resource.getResourceMethod() != null
                    && resource.getResourceMethod().isAnnotationPresent(Streamed.class);
        }
    }
}
