// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import java.io.IOException;
import java.io.Serial;

/** An archive is not whole, not ours, or not one that this program can use. The message says what, and where. */
public final class ArchiveException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
