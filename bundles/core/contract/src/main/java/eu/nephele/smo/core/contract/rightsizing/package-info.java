// SPDX-License-Identifier: Apache-2.0
/** Proposals of what services should ask for. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.rightsizing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
