/** The API documentation page, bundled: no foreign host, nothing inline, so that it works under `script-src 'self'`. */
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'
import './docs.css'
import { csrfToken, needsCsrf } from '@/api/csrf'

SwaggerUI({
  url: '/api/v1/openapi.json',
  domNode: document.getElementById('root'),
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: false,
  validatorUrl: null,
  requestInterceptor: (request: { method?: string; headers: Record<string, string> }) => {
    const token = request.method && needsCsrf(request.method) ? csrfToken() : null
    if (token) request.headers['X-CSRF-Token'] = token
    return request
  },
})
