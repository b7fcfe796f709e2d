// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

/** The installation cannot be assembled from the feature files; the message names the file and its mistake. */
final class AssemblyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AssemblyException(String message) {
        super(message);
    }

    AssemblyException(String message, Throwable cause) {
        super(message, cause);
    }
}
