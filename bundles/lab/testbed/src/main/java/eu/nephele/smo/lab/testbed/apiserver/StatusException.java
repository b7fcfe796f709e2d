// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

/** A Status that an API server answers instead of an object. */
final class StatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    StatusException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static StatusException notFound(ObjectPath path) {
        return new StatusException(404, "NotFound", "%s \"%s\" not found".formatted(path.plural(), path.name()));
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
