// SPDX-License-Identifier: Apache-2.0
/** Views of services by their interfaces, whose calls go through an interceptor. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.view;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
