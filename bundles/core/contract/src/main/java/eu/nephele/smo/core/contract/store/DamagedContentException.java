// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.io.IOException;

/** A content is not what was stored under its digest, or not there as a whole. It must not be used. */
public final class DamagedContentException extends IOException {

    private static final long serialVersionUID = 1;

    public DamagedContentException(String message) {
        super(message);
    }
}
